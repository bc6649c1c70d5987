/** Instances of the application that live, die and tell of themselves over HTTP. */
package io.exitpool.bench.instance;
