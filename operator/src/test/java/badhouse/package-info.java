/**
 * A house in which every wall is broken, so that a test can see each rule of {@link dev.shedmaster.Walls} fail. None of it
 * is ever run. Its packages are not null-marked, which is one of the faults.
 */
package badhouse;
