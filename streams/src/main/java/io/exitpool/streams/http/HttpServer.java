package io.exitpool.streams.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.exitpool.schemas.PoolStatus;
import io.exitpool.streams.config.HostPort;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.json.JavalinJackson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Health, metrics and pool status over HTTP, all of it to be read. There is no login, so it listens
 * on loopback unless it is told otherwise. Every answer but the metrics is JSON, errors too: what
 * is wrong and what to do.
 */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String PATHS =
            "try /healthz, /readyz, /metrics, /api/pools or /api/pools/SERVER";

    private final String host;
    private final Javalin javalin;

    private HttpServer(String host, Javalin javalin) {
        this.host = host;
        this.javalin = javalin;
    }

    /** What is wrong, and what to do. */
    private record Problem(String error, String hint) {}

    /**
     * Listens.
     *
     * @param where port 0 takes any free one
     */
    public static HttpServer start(
            HostPort where, Health health, Metrics metrics, PoolStatuses statuses) {
        Javalin javalin = Javalin.create(HttpServer::configure);
        javalin.get("/healthz", context -> live(context, health.liveness()));
        javalin.get("/readyz", context -> ready(context, health.readiness()));
        javalin.get(
                "/metrics",
                context -> context.contentType(PROMETHEUS_TEXT).result(metrics.scrape()));
        javalin.get("/api/pools", context -> pools(context, statuses));
        javalin.get("/api/pools/{server}", context -> pool(context, statuses));
        javalin.get("/*", HttpServer::nothingThere);
        javalin.error(HttpStatus.METHOD_NOT_ALLOWED, HttpServer::onlyGet);
        javalin.exception(Exception.class, HttpServer::failed);
        javalin.start(where.host(), where.port());
        return new HttpServer(where.host(), javalin);
    }

    /** Where it listens, with the port that was found. */
    public HostPort address() {
        return new HostPort(host, javalin.port());
    }

    @Override
    public void close() {
        javalin.stop();
    }

    private static void configure(JavalinConfig config) {
        config.showJavalinBanner = false;
        config.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.jsonMapper(new JavalinJackson(new ObjectMapper(), false));
    }

    private static void live(Context context, Health.Liveness liveness) {
        context.status(liveness.alive() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .json(liveness);
    }

    private static void ready(Context context, Health.Readiness readiness) {
        context.status(readiness.ready() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .json(readiness);
    }

    private static void pools(Context context, PoolStatuses statuses) {
        if (!statuses.isComplete()) {
            notYet(context);
            return;
        }
        List<PoolView> pools = new ArrayList<>();
        statuses.all().forEach((server, status) -> pools.add(PoolView.of(server, status)));
        context.json(Map.of("pools", pools));
    }

    private static void pool(Context context, PoolStatuses statuses) {
        String server = context.pathParam("server");
        Optional<PoolStatus> status = statuses.of(server);
        if (status.isPresent()) {
            context.json(PoolView.Whole.of(server, status.get()));
        } else if (statuses.isComplete()) {
            context.status(HttpStatus.NOT_FOUND)
                    .json(
                            new Problem(
                                    "no pool of this name",
                                    "/api/pools lists all; a server has one once"
                                            + " ./exitpool pools apply gave it one"));
        } else {
            notYet(context);
        }
    }

    private static void notYet(Context context) {
        context.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header("Retry-After", "1")
                .json(
                        new Problem(
                                "the status topic is still being read",
                                "try again in a moment; if this stays, Kafka or the schema"
                                        + " registry does not answer, see the log"));
    }

    private static void nothingThere(Context context) {
        context.status(HttpStatus.NOT_FOUND).json(new Problem("there is no such page", PATHS));
    }

    private static void onlyGet(Context context) {
        context.json(new Problem("everything here is read with GET", PATHS));
    }

    private static void failed(Exception exception, Context context) {
        LOG.error("A page could not be made", exception);
        context.status(HttpStatus.INTERNAL_SERVER_ERROR)
                .json(new Problem("the page could not be made", "the log says why"));
    }
}
