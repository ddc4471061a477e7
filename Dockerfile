# The image contains the package that `npm pack` makes, installed as a user would install it.
ARG NODE_VERSION=24.21.0

FROM node:${NODE_VERSION}-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm pack && mv firmable-gateway-*.tgz firmable-gateway.tgz && mkdir data

FROM node:${NODE_VERSION}-bookworm-slim AS run
# Production: the sandbox is off unless SANDBOX=on.
ENV NODE_ENV=production \
    NODE_OPTIONS="--enable-source-maps --max-semi-space-size=64" \
    HOST=0.0.0.0 \
    PORT=4000 \
    DATA_DIR=/app/data \
    PATH=/app/node_modules/.bin:$PATH
WORKDIR /app
COPY --from=build /app/firmable-gateway.tgz ./
RUN npm install --omit=dev --no-audit --no-fund --cache=.cache ./firmable-gateway.tgz \
    && rm -r .cache firmable-gateway.tgz
# The account "node" of the base image.
COPY --from=build --chown=1000:1000 /app/data ./data
USER 1000:1000
# Used by the embedded PostgreSQL only: with DATABASE_URL nothing is written.
VOLUME /app/data
EXPOSE 4000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["firmable-gateway", "start"]
