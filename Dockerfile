# The image of Exitpool: every command of ./exitpool, as a user without rights.
#
#   docker build -t exitpool .                                  from the sources
#   docker build -t exitpool --build-arg JARS=prebuilt .        from what Maven has built already
#   docker build -t exitpool-connect --target connect .         a Connect worker with the plugins
#
# JARS=prebuilt takes what mvn package left in cli/target and connectors/worker/target, so that
# continuous integration does not compile twice. No build tool is in either image.
ARG JARS=compiled

FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /build
COPY . .
RUN --mount=type=cache,target=/root/.m2 rm -rf cli/target \
    && mvn -B -ntp -pl cli,connectors/worker -am -Dmaven.test.skip=true \
        -Dspotless.check.skip=true package

FROM scratch AS compiled
COPY --from=build /build/cli/target/lib /lib
COPY --from=build /build/cli/target/exitpool.jar /

FROM scratch AS compiled-connect
COPY --from=build /build/connectors/worker/target/connect /

FROM scratch AS prebuilt
COPY cli/target/lib /lib
COPY cli/target/exitpool.jar /

FROM scratch AS prebuilt-connect
COPY connectors/worker/target/connect /

FROM ${JARS} AS jars
FROM ${JARS}-connect AS connect-files

# A Kafka Connect worker with Exitpool's plugins: docker build --target connect
FROM eclipse-temurin:17-jre AS connect
LABEL org.opencontainers.image.title="Exitpool's Kafka Connect worker" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN groupadd --system --gid 10001 exitpool \
    && useradd --system --uid 10001 --gid exitpool --home-dir /opt/connect --no-create-home \
        --shell /usr/sbin/nologin exitpool
COPY --from=connect-files / /opt/connect/
COPY --chmod=755 deploy/docker/connect /usr/local/bin/
USER exitpool
WORKDIR /opt/connect
EXPOSE 8083
HEALTHCHECK --interval=5s --timeout=3s --start-period=120s --retries=3 \
    CMD ["connect", "check"]
ENTRYPOINT ["connect"]

FROM eclipse-temurin:17-jre AS exitpool
LABEL org.opencontainers.image.title="Exitpool" \
      org.opencontainers.image.description="The allocator and memory of a VPN fleet's exit addresses" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN groupadd --system --gid 10001 exitpool \
    && useradd --system --uid 10001 --gid exitpool --home-dir /var/lib/exitpool --no-create-home \
        --shell /usr/sbin/nologin exitpool \
    && install -d -o exitpool -g exitpool -m 0700 /var/lib/exitpool
# Libraries change less often than what uses them.
COPY --from=jars /lib /opt/exitpool/lib
COPY --from=jars /exitpool.jar /opt/exitpool/
COPY --chmod=755 deploy/docker/exitpool /usr/local/bin/
# The classes that Exitpool loads, as the Java machine keeps them in memory: a start maps them in
# place of reading, checking and linking each. The demo has them all: broker, allocation, insight,
# agents and audit. Its seed is fixed; what it says goes nowhere.
RUN EXITPOOL_JAVA_OPTS=-XX:ArchiveClassesAtExit=/opt/exitpool/exitpool.jsa \
    timeout 180 exitpool demo --duration 3s --seed 1 --json >/dev/null \
    && chmod 444 /opt/exitpool/exitpool.jsa
USER exitpool
# The stores: all of it is in Kafka too. /tmp holds RocksDB's native library, so it must be allowed
# to execute: --tmpfs /tmp:exec.
WORKDIR /var/lib/exitpool
VOLUME /var/lib/exitpool
# Within a container loopback is nobody else's: what is published is the choice of docker run -p.
ENV EXITPOOL_STATE_DIR=/var/lib/exitpool/state EXITPOOL_HTTP_LISTEN=0.0.0.0:8080
EXPOSE 8080
# Ready: it allocates, or stands by, and keeps up. Other commands than run have no such page.
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=3 \
    CMD ["curl", "-fsS", "-o", "/dev/null", "http://127.0.0.1:8080/readyz"]
ENTRYPOINT ["exitpool"]
CMD ["run"]
