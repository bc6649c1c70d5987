package io.exitpool.core.stats;

/**
 * What a minute of a pool adds to the estimate of its load and to its alerts; sixty of them are the
 * sliding hour. Counts of decisions unless another unit is named.
 *
 * @param start of the minute, in milliseconds since 1970
 * @param coveredMillis how much of it statuses cover
 * @param starts first attempts that were granted or found the pool exhausted; no adoption, no
 *     repetition
 * @param exhaustedFirst first attempts that found the pool exhausted
 * @param exhausted attempts that found the pool exhausted
 * @param grants new leases: no adoption, no repetition
 * @param bent those of them that got a slot before its rest was over
 * @param ends releases, but for leases that were passed on
 * @param emptied those of them that emptied their slot
 * @param sessionMillis sessions x milliseconds
 * @param taken places that could not be granted at the minute's last status: those of slots in use
 *     or resting, of the slots that are not set aside; a slot in use takes as many places as it
 *     carries sessions, and of shared slots those set aside are taken to carry as many as others
 * @param places places of the slots that are not set aside, at the minute's last status
 */
public record MinuteSums(
        long start,
        long coveredMillis,
        long starts,
        long exhaustedFirst,
        long exhausted,
        long grants,
        long bent,
        long ends,
        long emptied,
        long sessionMillis,
        long taken,
        long places) {}
