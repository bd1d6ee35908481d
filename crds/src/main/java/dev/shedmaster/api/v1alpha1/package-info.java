/**
 * The API of Shedmaster as Java records. The CustomResourceDefinitions are generated from them; whatever a user can
 * write is checked there, by schema and by rules, before the operator sees it.
 *
 * <p>Texts such as durations, quantities and amounts stay texts here: the operator's mapper reads them.
 */
@NullMarked
package dev.shedmaster.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
