package io.sluice.redaction.rule;

import io.sluice.redaction.url.PathTemplates;
import java.util.Set;

/**
 * The label of a source, and what is known of it.
 *
 * @param name such as {@code application}
 * @param hosts its own hosts: a referrer from them is internal
 * @param signals whether its access logs show people's signals; without, no visitor is made of address and user agent
 * @param because why they need not be shown, or empty
 * @param paths its declared paths
 */
public record Dataset(String name, Set<String> hosts, SignalsShown signals, String because, PathTemplates paths) {}
