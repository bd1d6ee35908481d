package dev.shedmaster.suite.world;

import dev.shedmaster.lab.azure.Options;
import dev.shedmaster.lab.jenkins.JenkinsOptions;
import dev.shedmaster.lab.robot.RobotOptions;
import java.util.function.UnaryOperator;

/**
 * How a lab is made. Begin with {@link #of} and change what matters.
 *
 * @param speed how many seconds pass for Azure and Robot's servers in one real second
 * @param azure changes the usual Azure
 * @param robot changes the usual Robot
 */
public record LabOptions(
        JenkinsOptions jenkins, double speed, UnaryOperator<Options> azure, UnaryOperator<RobotOptions> robot) {

    /** With the usual Robot. */
    public static LabOptions of(JenkinsOptions jenkins, double speed, UnaryOperator<Options> azure) {
        return new LabOptions(jenkins, speed, azure, UnaryOperator.identity());
    }

    public LabOptions withRobot(UnaryOperator<RobotOptions> other) {
        return new LabOptions(jenkins, speed, azure, other);
    }
}
