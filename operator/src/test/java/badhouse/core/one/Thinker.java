package badhouse.core.one;

import badhouse.core.two.Doubter;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.slf4j.Logger;

/** Core code that reaches out in every forbidden way. */
public record Thinker(Doubter doubter, Logger logger, File file, URI address, Path path, Clock clock, Random random) {

    List<Object> asksTheMachine() {
        List<Object> answers = new ArrayList<>();
        answers.add(Instant.now());
        answers.add(System.nanoTime());
        answers.add(Math.random());
        answers.add(UUID.randomUUID());
        answers.add(ZoneId.systemDefault());
        answers.add(Thread.currentThread());
        Collections.shuffle(answers);
        return answers;
    }
}
