# Two stages: the first installs, the second runs, as nobody, on a file system it need not write to.
FROM python:3.11-slim AS build
# For the CPU build of torch alone; pip's own index has CUDA's for Linux
ARG TORCH_INDEX=https://download.pytorch.org/whl/cpu
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/isnad
WORKDIR /build
COPY pyproject.toml LICENSE README.md ./
# torch first and alone: it is most of the image and seldom changes. What it needs comes with the rest.
RUN /opt/isnad/bin/pip install --no-deps --index-url "${TORCH_INDEX}" "$(sed -n 's/^ *"\(torch==[^"]*\)".*/\1/p' pyproject.toml)"
COPY deploy/requirements.txt deploy/
RUN /opt/isnad/bin/pip install --no-deps --require-hashes --requirement deploy/requirements.txt
COPY service service
RUN /opt/isnad/bin/pip install --no-deps --no-build-isolation . && /opt/isnad/bin/pip check

FROM python:3.11-slim
RUN useradd --no-log-init --uid 10001 --no-create-home --shell /usr/sbin/nologin isnad
COPY --from=build /opt/isnad /opt/isnad
COPY models /opt/models
ENV PATH=/opt/isnad/bin:$PATH \
    ISNAD_MODELS_DIR=/opt/models \
    HOST=0.0.0.0 \
    PORT=8000 \
    MALLOC_ARENA_MAX=2 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
USER 10001
WORKDIR /opt
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/readyz', timeout=2)"]
STOPSIGNAL SIGTERM
CMD ["gunicorn", "--config", "python:service.serving"]
