"""English for the texts of the page: names under review, uploads of folders, evaluation."""

from __future__ import annotations

PAGE_ENGLISH = {
    # the library
    "上传整个文件夹": "Upload a folder",
    "文件夹里没有可读取的文件。": "The folder holds no file that can be read.",
    "；正在为提问做准备…": "; getting ready for questions…",
    "，另有 {n} 份旧版": ", and {n} older editions",
    "新版载入于 {at}": "replaced at {at}",
    # the model beside the rules
    "模型的措辞没有通过核对，已拦下；这里是规则的措辞。": (
        "The model's wording did not pass the checks and was blocked; the rules' wording stands."
    ),
    "已拦下": "blocked",
    # names
    "旧名和别名（{n} 条）": "Old and other names ({n})",
    "{n} 条推测待确认": "{n} guesses to confirm",
    "同一单位、同一项目的不同名称在问答和对比里按一个对待；推测的请核对依据后确认或否定。": (
        "Different names of one unit or project count as one in answers and comparisons. Check the "
        "evidence of a guess, then confirm or reject it."
    ),
    "是同一个": "The same",
    "不是同一个": "Not the same",
    "确认“{first}”与“{second}”是同一个": "confirm that “{first}” and “{second}” are one",
    "否定：“{first}”与“{second}”不是同一个": "reject: “{first}” and “{second}” are two",
    "撤销最近一次": "Undo the latest",
    "所作的决定": "Decisions",
    "这一条已经不在列表里了。": "This entry is no longer listed.",
}
