# docker build -t mockserver .                              the server
# docker build -t mockserver --build-arg EXTRAS=check .     the server and the judge
# docker run --rm -p 127.0.0.1:4010:4010 mockserver
FROM python:3.12-slim AS build
ARG EXTRAS=""
WORKDIR /src
COPY . .
RUN python -m venv /opt/mockserver \
    && /opt/mockserver/bin/pip install --no-cache-dir --constraint constraints.txt ".[${EXTRAS}]"

FROM python:3.12-slim
COPY --from=build /opt/mockserver /opt/mockserver
# Snapshots go where `serve --snapshots /snapshots` is told to put them; deploy/ mounts a volume.
RUN useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin mockserver \
    && install --directory --owner 10001 --group 10001 /snapshots
ENV PATH="/opt/mockserver/bin:${PATH}" PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER 10001:10001
WORKDIR /snapshots
EXPOSE 4010
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:4010/__admin/health', timeout=2)"]
ENTRYPOINT ["mockserver"]
CMD ["serve", "--host", "0.0.0.0"]
