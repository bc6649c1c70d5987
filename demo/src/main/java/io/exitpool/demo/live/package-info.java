/** What the demo shows while it runs. */
package io.exitpool.demo.live;
