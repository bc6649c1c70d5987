package io.exitpool.connect.dns.name;

import org.xbill.DNS.Name;

/**
 * Where an address' PTR record lives.
 *
 * @param zone the zone that an update of it must name
 * @param owner the record's name, at or below the zone
 */
public record Place(Name zone, Name owner) {}
