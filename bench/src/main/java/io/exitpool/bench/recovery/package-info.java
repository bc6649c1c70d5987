/**
 * What a killed instance costs: {@link io.exitpool.bench.recovery.RecoveryCommand} fills pools,
 * kills the application under a light load, and measures how long nobody is answered.
 */
package io.exitpool.bench.recovery;
