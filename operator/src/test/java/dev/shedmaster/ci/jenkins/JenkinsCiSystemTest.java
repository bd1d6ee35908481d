package dev.shedmaster.ci.jenkins;

import dev.shedmaster.lab.jenkins.JenkinsOptions;
import dev.shedmaster.lab.jenkins.controller.Batch;
import dev.shedmaster.lab.jenkins.controller.Build;
import dev.shedmaster.lab.jenkins.controller.Job;
import dev.shedmaster.lab.jenkins.fault.Fault;
import dev.shedmaster.lab.jenkins.fault.Scope;
import dev.shedmaster.port.AgentCredentials;
import dev.shedmaster.port.CiSystem;
import dev.shedmaster.port.CiSystemContract;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** Jenkins keeps the contract, whatever kind of job waits. */
class JenkinsCiSystemTest {

    @Nested
    class WithFreestyleJobs extends OnTheStandIn {
        @Override
        Batch job(String name, String label) {
            return Batch.freestyle(name, 1, label, Duration.ofHours(1));
        }
    }

    @Nested
    class WithPipelines extends OnTheStandIn {
        @Override
        Batch job(String name, String label) {
            return Batch.pipeline(name, 1, label, Duration.ofHours(1));
        }
    }

    abstract static class OnTheStandIn extends CiSystemContract {
        private final JenkinsRoom room = new JenkinsRoom(JenkinsOptions.swift());
        private final CiSystem system = room.system(JenkinsOptions.AUTOSCALER);

        abstract Batch job(String name, String label);

        @AfterEach
        void leave() {
            room.close();
        }

        @Override
        protected CiSystem system() {
            return system;
        }

        @Override
        protected CiSystem otherInstallation() {
            return room.system(
                    "another-installation",
                    JenkinsOptions.AUTOSCALER.name(),
                    JenkinsOptions.AUTOSCALER.token(),
                    Duration.ofSeconds(20));
        }

        @Override
        protected String installation() {
            return JenkinsRoom.INSTALLATION;
        }

        @Override
        protected void submitJob(String name, String label) {
            List<Long> items = room.standIn().enqueue(job(name, label));
            if (items.size() != 1) {
                throw new AssertionError("one job makes one item, not " + items);
            }
        }

        @Override
        protected void finishJobs() {
            for (Job job : room.standIn().controller().jobs().all()) {
                job.builds().stream()
                        .filter(Build::building)
                        .forEach(room.standIn().controller().jobs()::stop);
            }
        }

        @Override
        protected void startAgent(AgentCredentials credentials) {
            room.startAgent(credentials);
        }

        @Override
        protected void markOffline(String agent, String reason) {
            if (!room.standIn().controller().nodes().markOffline(agent, JenkinsOptions.ADMIN.name(), reason)) {
                throw new AssertionError("there is no node " + agent);
            }
        }

        @Override
        protected void revokeCredential() {
            room.standIn().faults().inject(new Fault.Status(401), Scope.everything());
        }

        @Override
        protected long requests() {
            return room.requests();
        }
    }
}
