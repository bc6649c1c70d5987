/** What the demo reads of statistics and alerts, as any dashboard would. */
package io.exitpool.demo.insight;
