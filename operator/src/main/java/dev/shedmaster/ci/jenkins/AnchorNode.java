package dev.shedmaster.ci.jenkins;

/**
 * A node that never comes online, with a label that nobody asks for. While Jenkins has no node at all, it does not tell
 * which label a Pipeline step waits for; one node of any kind makes it (reference: jenkins.md, sections 0.3 and 1.9). All
 * installations that share a Jenkins share its anchor.
 */
final class AnchorNode {
    static final String NAME = "shedmaster-anchor";

    private static final String MARK = "[shedmaster anchor]";

    private AnchorNode() {}

    /** What makes Jenkins create it. */
    static NodeForm form() {
        return new NodeForm(
                NAME,
                "Never online. While this node exists, Jenkins says which label a waiting job asks for, so that Shedmaster "
                        + "can start a worker for it. " + MARK,
                "shedmaster-nobody-asks-for-this",
                1,
                true,
                "/nonexistent");
    }

    /** Whether a node of that name was made by us, and so may be changed and deleted. */
    static boolean isOurs(Computer node) {
        return node.description().contains(MARK);
    }
}
