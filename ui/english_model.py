"""English for the Chinese texts about the language model."""

from __future__ import annotations

MODEL_ENGLISH = {
    "只用规则，不用所配置的语言模型": "by rules alone, without the configured language model",
    "语言模型：查看所配置的模型是否可用。": "The language model: is the configured one of use.",
    "试问所配置的模型：能否作答、逐段输出、按格式输出、照抄占位符。": (
        "Try the configured model: does it answer, stream, keep to a form and copy placeholders."
    ),
    "没有配置语言模型；设置 model 和 model_base_url，见 docs/model.md。": (
        "No language model is configured; set model and model_base_url, see docs/model.md."
    ),
    "模型 {name}，服务 {where}": "Model {name} at {where}",
    "作答": "answers",
    "用中文": "in Chinese",
    "逐段输出": "streams",
    "按格式输出": "keeps to a form",
    "按编号选择": "chooses by number",
    "照抄占位符，不写数字": "copies placeholders and writes no digit",
    "可用。": "It can be used.",
    "有一项或几项不行；不行的部分由规则代替，答案中的数不受影响。": (
        "Some trials failed; rules take the place of what does not work, and the figures of answers "
        "are as right as before."
    ),
    "未使用模型：{problem}": "The model is not used: {problem}",
}
