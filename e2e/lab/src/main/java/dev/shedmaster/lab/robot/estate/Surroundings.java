package dev.shedmaster.lab.robot.estate;

import dev.shedmaster.lab.StepLock;
import dev.shedmaster.lab.robot.fault.FaultBoard;
import dev.shedmaster.lab.robot.ssh.SshFoundry;
import dev.shedmaster.lab.robot.system.SystemFoundry;
import dev.shedmaster.lab.time.LabClock;

/** What all servers of an account share. */
public record Surroundings(
        LabClock clock,
        StepLock lock,
        FaultBoard faults,
        SshFoundry ssh,
        SystemFoundry systems,
        ServerTimings timings) {}
