package dev.shedmaster.lab.jenkins.access;

import java.util.Arrays;
import java.util.Optional;

/** The permissions that the stand-in knows, with their ids and the names that people read. */
public enum Permission {
    ADMINISTER("hudson.model.Hudson.Administer", "Overall/Administer"),
    READ("hudson.model.Hudson.Read", "Overall/Read"),
    MANAGE("hudson.model.Hudson.Manage", "Overall/Manage"),
    JOB_READ("hudson.model.Item.Read", "Job/Read"),
    JOB_DISCOVER("hudson.model.Item.Discover", "Job/Discover"),
    JOB_BUILD("hudson.model.Item.Build", "Job/Build"),
    JOB_CANCEL("hudson.model.Item.Cancel", "Job/Cancel"),
    JOB_CREATE("hudson.model.Item.Create", "Job/Create"),
    JOB_CONFIGURE("hudson.model.Item.Configure", "Job/Configure"),
    JOB_DELETE("hudson.model.Item.Delete", "Job/Delete"),
    JOB_EXTENDED_READ("hudson.model.Item.ExtendedRead", "Job/ExtendedRead"),
    AGENT_CREATE("hudson.model.Computer.Create", "Agent/Create"),
    AGENT_CONFIGURE("hudson.model.Computer.Configure", "Agent/Configure"),
    AGENT_CONNECT("hudson.model.Computer.Connect", "Agent/Connect"),
    AGENT_DISCONNECT("hudson.model.Computer.Disconnect", "Agent/Disconnect"),
    AGENT_DELETE("hudson.model.Computer.Delete", "Agent/Delete"),
    AGENT_EXTENDED_READ("hudson.model.Computer.ExtendedRead", "Agent/ExtendedRead");

    private final String id;
    private final String title;

    Permission(String id, String title) {
        this.id = id;
        this.title = title;
    }

    public String id() {
        return id;
    }

    public String title() {
        return title;
    }

    /** By id, title or constant name. */
    public static Optional<Permission> of(String name) {
        return Arrays.stream(values())
                .filter(permission -> permission.id.equals(name)
                        || permission.title.equals(name)
                        || permission.name().equals(name))
                .findFirst();
    }
}
