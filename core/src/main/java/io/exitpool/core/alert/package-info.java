/**
 * What an operator is called for. {@link io.exitpool.core.alert.ServerAlerts} judges one server's
 * pool by one rule a kind, with hysteresis and holds, so that nothing flaps; {@link
 * io.exitpool.core.alert.AlertDesk} hears them all, tells each once, and tells the storm round a
 * crashed server as one alert that names its cause.
 */
package io.exitpool.core.alert;
