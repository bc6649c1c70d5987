package io.exitpool.bench.latency;

import io.exitpool.bench.floor.Floor;
import io.exitpool.bench.floor.TransactionalLoop;
import io.exitpool.bench.load.Configs;
import io.exitpool.bench.load.Configs.PoolRules;
import io.exitpool.bench.load.EventStream;
import io.exitpool.bench.load.FleetShape;
import io.exitpool.bench.stack.App;
import io.exitpool.bench.stack.Broker;
import io.exitpool.schemas.topic.TopicDefinition;
import io.exitpool.schemas.topic.TopicDefinitions;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.streams.config.Part;
import io.exitpool.streams.config.Setting;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.InterruptException;

/** One broker and what is measured on it. */
final class Stand {
    private static final short ONE_REPLICA = 1;

    /** In milliseconds: while others have their turns an application says nothing. */
    private static final String MAY_BE_SILENT = "60000";

    private final Plan plan;
    private final Broker broker;
    private final Path directory;
    private final Lane loop;
    private final Lane floorB;
    private final Lane exitpool;

    /**
     * Makes topics and configurations.
     *
     * @param directory of the applications' state and logs
     */
    Stand(Plan plan, Broker broker, Path directory) {
        this.plan = plan;
        this.broker = broker;
        this.directory = directory;
        FleetShape fleet = FleetShape.mixed(plan.servers(), plan.seed());
        Configs.write(broker.connection(), fleet, PoolRules.DEFAULT);
        loop = ownTopics("bench-loop", fleet);
        floorB = ownTopics("bench-floor-b", fleet);
        exitpool = new Lane(Topics.SESSION_EVENTS.name(), Topics.DECISIONS.name(), stream(fleet));
    }

    /** The load on an application that was started for it and is at work. */
    Load start(Variant variant) {
        App app =
                switch (variant) {
                    case LOOP ->
                            TransactionalLoop.start(
                                    broker,
                                    directory.resolve("loop"),
                                    loop.events(),
                                    loop.answers());
                    case FLOOR_B -> startFloorB();
                    case ALLOCATION ->
                            startExitpool(Map.of(Setting.ONLY.key(), Part.ALLOCATION.label()));
                    case WITH_INSIGHT -> startExitpool(Map.of());
                };
        return new Load(broker, app, lane(variant));
    }

    private Lane lane(Variant variant) {
        return switch (variant) {
            case LOOP -> loop;
            case FLOOR_B -> floorB;
            case ALLOCATION, WITH_INSIGHT -> exitpool;
        };
    }

    private App startFloorB() {
        return Floor.ROWS_IN_STREAMS_STORE.start(
                broker,
                directory.resolve("floor-b"),
                "bench-floor-b",
                floorB.answers(),
                Map.of(
                        Floor.EVENTS,
                        floorB.events(),
                        Setting.COMMIT_INTERVAL_MS.key(),
                        Long.toString(plan.floorCommit().toMillis()),
                        Setting.SESSION_TIMEOUT_MS.key(),
                        MAY_BE_SILENT));
    }

    private App startExitpool(Map<String, String> part) {
        Map<String, String> settings = new TreeMap<>(plan.settings());
        settings.putAll(part);
        settings.put(Setting.SESSION_TIMEOUT_MS.key(), MAY_BE_SILENT);
        return App.start(broker, directory.resolve("exitpool"), settings);
    }

    private Lane ownTopics(String name, FleetShape fleet) {
        Lane lane = new Lane(name + "-events", name + "-decisions", stream(fleet));
        List<NewTopic> topics = new ArrayList<>();
        topics.add(like(Topics.SESSION_EVENTS.name(), lane.events()));
        topics.add(like(Topics.DECISIONS.name(), lane.answers()));
        try (Admin admin = Admin.create(broker.connection().admin())) {
            admin.createTopics(topics).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the topics were not created", e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
        return lane;
    }

    private NewTopic like(String topic, String name) {
        TopicDefinition definition = TopicDefinitions.of(topic);
        return new NewTopic(name, definition.partitions(broker.partitions()), ONE_REPLICA)
                .configs(definition.configs(ONE_REPLICA));
    }

    private EventStream stream(FleetShape fleet) {
        return new EventStream(fleet, plan.seed(), InstantSource.system());
    }
}
