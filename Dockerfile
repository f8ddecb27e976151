# The App. The first stage installs, the second has what runs and nothing that installs.
FROM node:24.21.0-bookworm-slim AS packages
WORKDIR /app
COPY .npmrc package.json package-lock.json ./
# No package's own script runs. The Node of the image is the Node of the App.
RUN npm ci --omit=dev --ignore-scripts

FROM node:24.21.0-bookworm-slim
# Without npm nothing can be fetched and run at run time, by accident or by somebody who got in.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /opt/yarn-* \
  /usr/local/bin/yarn /usr/local/bin/yarnpkg
WORKDIR /app
# Of root's, so that the App cannot change itself; the data is the App's alone.
COPY --from=packages /app/node_modules ./node_modules
COPY app.yml node-version.mjs package.json ./
COPY src ./src
RUN install -d -o node -g node -m 0700 data
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
USER node
VOLUME /app/data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node itself is process 1 and hears SIGTERM.
CMD ["node", "--import", "./node-version.mjs", "src/app/main.ts"]
