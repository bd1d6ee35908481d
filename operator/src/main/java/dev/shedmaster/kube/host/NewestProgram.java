package dev.shedmaster.kube.host;

import dev.shedmaster.port.HostDriver;
import dev.shedmaster.port.Outcome;
import java.util.function.Function;
import java.util.function.Predicate;

/** A host that serves has the program of the operator that found it fit. A newer operator brings its own along, whatever runs there. */
final class NewestProgram {
    private NewestProgram() {}

    /**
     * The answer to a call, asked for again with our program where another one has answered.
     *
     * @param isOfAnother whether an answer is such as only another program, or none, gives
     */
    static <T> Outcome<T> answer(
            HostDriver driver, Function<HostDriver, Outcome<T>> call, Predicate<Outcome<T>> isOfAnother) {
        Outcome<T> answer = call.apply(driver);
        return isOfAnother.test(answer) ? driver.install().then(installed -> call.apply(driver)) : answer;
    }
}
