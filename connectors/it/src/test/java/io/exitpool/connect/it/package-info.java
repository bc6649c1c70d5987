/**
 * The connectors as they run: in a real Connect worker, a process of its own with the plugins'
 * archives ({@link io.exitpool.connect.it.ConnectWorker}), against a real broker and registry
 * ({@link io.exitpool.connect.it.ConnectSite}), fed by the project's own serializers ({@link
 * io.exitpool.connect.it.Feed}). Each {@code *IT} adds its connector's real peer.
 */
package io.exitpool.connect.it;
