package io.exitpool.operator.pools;

import io.exitpool.operator.pools.ServerPool.WantedSlot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Everything about a pools file that can be judged without knowing what is configured now: names,
 * limits, and addresses that are listed twice. It judges a file however it came about, read or made
 * by a program.
 */
final class PoolsFileChecks {

    private static final Pattern SERVER = Pattern.compile("[a-z0-9-]{1,63}");
    private static final Pattern COUNTRY = Pattern.compile("[a-z]{2}");
    private static final Pattern CITY = Pattern.compile("[a-z0-9-]{1,63}");

    /** So many addresses of one kind of mistake are named, the rest is counted. */
    private static final int NAMED = 5;

    private final PoolsFile file;
    private final Limits limits;
    private final Set<String> partlyRead;
    private final List<Problem> problems = new ArrayList<>();

    /** Who lists an address, across the file. */
    private final Map<Address, String> owners = new HashMap<>();

    private PoolsFileChecks(PoolsFile file, Limits limits, Set<String> partlyRead) {
        this.file = file;
        this.limits = limits;
        this.partlyRead = partlyRead;
    }

    static List<Problem> check(PoolsFile file, Limits limits) {
        return check(file, limits, Set.of());
    }

    /**
     * The same for a file that could not be read as a whole.
     *
     * @param partlyRead servers that have more slots than the file says here
     */
    static List<Problem> check(PoolsFile file, Limits limits, Set<String> partlyRead) {
        PoolsFileChecks checks = new PoolsFileChecks(file, limits, partlyRead);
        checks.run();
        return checks.problems;
    }

    private void run() {
        if (file.servers().isEmpty()) {
            problem("servers", "names no server; a file that means none is taken for a mistake");
        }
        Map<String, String> badDefaults = limits.broken(file.defaults());
        badDefaults.forEach((setting, what) -> problem("defaults." + setting, what));
        file.servers().forEach((server, pool) -> server(server, pool, badDefaults));
    }

    private void server(String server, ServerPool pool, Map<String, String> badDefaults) {
        String path = path(server);
        if (!SERVER.matcher(server).matches()) {
            problem(path, "is not a server's name: 1 to 63 of a-z, 0-9 and '-'");
        }
        limits.broken(pool.settings())
                .forEach(
                        (setting, what) -> {
                            if (!what.equals(badDefaults.get(setting))) {
                                problem(path + "." + setting, what);
                            }
                        });
        pool.country()
                .filter(country -> !COUNTRY.matcher(country).matches())
                .ifPresent(c -> problem(path + ".country", "is two letters a-z, not '" + c + "'"));
        pool.city()
                .filter(city -> !CITY.matcher(city).matches())
                .ifPresent(c -> problem(path + ".city", "is of a-z, 0-9 and '-', not '" + c + "'"));
        int slots = pool.slots().size();
        if ((slots < 1 || slots > limits.maxSlots()) && !partlyRead.contains(server)) {
            problem(path, "has 1 to " + limits.maxSlots() + " slots, not " + slots);
        }
        ids(path, pool);
        addresses(server, pool);
    }

    private void ids(String path, ServerPool pool) {
        Set<Integer> seen = new HashSet<>();
        for (WantedSlot slot : pool.slots()) {
            slot.id()
                    .ifPresent(
                            id -> {
                                if (id < 0 || id == Integer.MAX_VALUE) {
                                    problem(path, "a slot's id is 0 to 2147483646, not " + id);
                                } else if (!seen.add(id)) {
                                    problem(path, "two slots have the id " + id);
                                }
                            });
        }
        pool.nextSlotId()
                .ifPresent(
                        next -> {
                            int highest = seen.stream().mapToInt(id -> id).max().orElse(-1);
                            if (next <= highest) {
                                problem(
                                        path + ".next-slot-id",
                                        "is above every id (" + highest + "), not " + next);
                            }
                        });
    }

    private void addresses(String server, ServerPool pool) {
        Map<String, List<Address>> twice = new LinkedHashMap<>();
        List<Address> impossible = new ArrayList<>();
        for (WantedSlot slot : pool.slots()) {
            for (Address address : slot.addresses().all()) {
                if (address.isImpossible()) {
                    impossible.add(address);
                }
                String owner = owners.putIfAbsent(address, server);
                if (owner != null) {
                    twice.computeIfAbsent(owner, o -> new ArrayList<>()).add(address);
                }
            }
        }
        String path = path(server);
        if (!impossible.isEmpty()) {
            problem(
                    path,
                    some(impossible)
                            + ": no exit has such an address (loopback, link-local, multicast,"
                            + " reserved or unspecified)");
        }
        twice.forEach(
                (owner, addresses) ->
                        problem(
                                path,
                                owner.equals(server)
                                        ? some(addresses) + " more than once"
                                        : some(addresses) + " also on " + owner));
    }

    /** The first few addresses, and how many more there are. */
    static String some(List<Address> addresses) {
        List<String> named = addresses.stream().limit(NAMED).map(Address::toString).toList();
        int more = addresses.size() - named.size();
        return String.join(", ", named) + (more > 0 ? " and " + more + " more" : "");
    }

    private void problem(String path, String what) {
        problems.add(Problem.at(path, what));
    }

    private static String path(String server) {
        return "servers." + server;
    }
}
