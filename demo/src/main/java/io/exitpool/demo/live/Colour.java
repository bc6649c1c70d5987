package io.exitpool.demo.live;

/** A terminal's colours for what a slot is. */
enum Colour {
    PLAIN("0"),
    FREE("2"),
    RESTING("34"),
    IN_USE("32"),
    SHARED("33"),
    SET_ASIDE("31");

    private final String code;

    Colour(String code) {
        this.code = code;
    }

    static Colour of(char slot) {
        return switch (slot) {
            case '.' -> FREE;
            case '-' -> RESTING;
            case '#' -> IN_USE;
            case 'x' -> SET_ASIDE;
            default -> SHARED;
        };
    }

    /** Also ends the colour before. */
    String code() {
        return this == PLAIN ? "\u001b[0m" : "\u001b[0;" + code + "m";
    }
}
