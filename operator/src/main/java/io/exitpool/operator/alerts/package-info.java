/** Alerts, open and resolved, for an operator's eyes and for scripts. */
package io.exitpool.operator.alerts;
