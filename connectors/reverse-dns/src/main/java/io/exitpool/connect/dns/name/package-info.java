/**
 * Names: what an address is called ({@link io.exitpool.connect.dns.name.NameTemplate}, {@link
 * io.exitpool.connect.dns.name.PtrNames}) and where its record lives ({@link
 * io.exitpool.connect.dns.name.Zones}).
 */
package io.exitpool.connect.dns.name;
