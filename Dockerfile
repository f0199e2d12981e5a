# pagerd as an image: docs/operations.md says how it is run. tests/test_dockerfile.py says which rules hold here.
#
# Debian's own Python: it gets Debian's security updates, and no pip comes with it. Pin the base by digest where you build:
#   docker build --build-arg BASE=docker.io/library/debian@sha256:... .
ARG BASE=docker.io/library/debian:13-slim

FROM ${BASE} AS build
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates python3 python3-venv \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY requirements.lock requirements-build.lock ./
# Wheels alone, each checked against its hash: nothing is compiled, and nothing else is run.
RUN python3 -m venv /opt/pagerd \
    && /opt/pagerd/bin/python -m pip install --no-cache-dir --require-hashes --only-binary=:all: -r requirements.lock
RUN python3 -m venv /opt/builder \
    && /opt/builder/bin/python -m pip install --no-cache-dir --require-hashes --only-binary=:all: -r requirements-build.lock
COPY pyproject.toml README.md LICENSE ./
COPY pagerd/ pagerd/
RUN /opt/builder/bin/python -m hatchling build --target wheel --directory /dist \
    && /opt/pagerd/bin/python -m pip install --no-cache-dir --no-deps --no-index /dist/*.whl \
    && /opt/pagerd/bin/python -m pip uninstall --yes --quiet pip setuptools

FROM ${BASE} AS final
ARG REVISION=unknown
ARG CREATED=unknown
LABEL org.opencontainers.image.title="pagerd" \
      org.opencontainers.image.description="A pager for teams that run Prometheus" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}" \
      org.opencontainers.image.licenses="Apache-2.0"
# Debian's security updates of the day of the build, and the roots that providers' certificates lead to.
RUN apt-get update \
    && apt-get upgrade --yes \
    && apt-get install --yes --no-install-recommends ca-certificates python3 \
    && rm -rf /var/lib/apt/lists/* \
    && install -d -o 65532 -g 65532 -m 0700 /var/lib/pagerd \
    && install -d -o 65532 -g 65532 -m 0755 /run/pagerd /etc/pagerd
COPY --from=build /opt/pagerd /opt/pagerd
ENV PATH=/opt/pagerd/bin:/usr/bin:/bin \
    PAGERD_CONFIG=/etc/pagerd \
    PAGERD_SOCKET=/run/pagerd/pagerd.sock \
    RUNTIME_DIRECTORY=/run/pagerd \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONFAULTHANDLER=1 \
    PYTHONUNBUFFERED=1
USER 65532:65532
WORKDIR /etc/pagerd
VOLUME /var/lib/pagerd
EXPOSE 8911
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["pagerd", "health"]
ENTRYPOINT ["pagerd"]
CMD ["run", "--log-format", "json"]
