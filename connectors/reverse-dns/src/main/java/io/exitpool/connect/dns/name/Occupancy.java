package io.exitpool.connect.dns.name;

/** Whether an exit address serves anybody. */
public enum Occupancy {
    /** At least one session has it. */
    GRANTED,
    /** Nobody has it: it rests, or is free. */
    IDLE
}
