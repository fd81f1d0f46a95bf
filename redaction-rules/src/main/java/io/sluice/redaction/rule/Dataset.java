package io.sluice.redaction.rule;

import io.sluice.redaction.url.PathTemplates;
import java.util.Set;

/**
 * The label of a source, and what is known of it.
 *
 * @param name such as {@code application}
 * @param hosts its own hosts: a referrer from them is internal
 * @param visitorByDay whether a visitor may be made of address and user agent
 * @param paths its declared paths
 */
public record Dataset(String name, Set<String> hosts, boolean visitorByDay, PathTemplates paths) {}
