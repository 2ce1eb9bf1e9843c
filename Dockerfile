# The page (gouji serve) in a container: slim Debian, not root, nothing fetched once it is built.
#
#   docker build --tag gouji .
#   docker run --rm -it --volume gouji:/data gouji user 张三 --role admin
#   docker run --detach --publish 127.0.0.1:7860:7860 --volume gouji:/data gouji
#
# See docs/container.md.
ARG PYTHON=3.11

FROM python:${PYTHON}-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /src
RUN python -m venv /opt/gouji
COPY requirements.lock requirements-ocr.lock ./
# Where wheels of PyTorch without CUDA are: without it the (much larger) usual ones are installed.
ARG TORCH_INDEX=
RUN grep '^torch==' requirements.lock > torch.lock \
    && /opt/gouji/bin/pip install ${TORCH_INDEX:+--index-url "$TORCH_INDEX"} --requirement torch.lock \
    && /opt/gouji/bin/pip install --requirement requirements.lock
# 1: also what reading scans and pictures of pages needs (about 400 MB).
ARG OCR=0
RUN if [ "$OCR" = 1 ]; then /opt/gouji/bin/pip install --requirement requirements-ocr.lock; fi
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY ingest ingest
COPY index index
COPY qa qa
COPY eval eval
COPY ui ui
RUN /opt/gouji/bin/pip install --no-deps --no-build-isolation .

FROM python:${PYTHON}-slim-bookworm
# Chinese letters for charts and for pages drawn from text.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --create-home gouji && install --directory --owner=gouji /data
COPY --from=build /opt/gouji /opt/gouji
ENV PATH=/opt/gouji/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    HF_HUB_OFFLINE=1 \
    MPLCONFIGDIR=/tmp/matplotlib \
    GOUJI_DATA_DIR=/data \
    GOUJI_HOST=0.0.0.0 \
    GOUJI_PORT=7860
USER gouji
WORKDIR /home/gouji
VOLUME /data
EXPOSE 7860
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:7860/health', timeout=4)"]
ENTRYPOINT ["gouji"]
CMD ["serve"]
