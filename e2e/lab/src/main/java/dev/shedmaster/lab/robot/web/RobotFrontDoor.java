package dev.shedmaster.lab.robot.web;

import dev.shedmaster.lab.http.LabAnswer;
import dev.shedmaster.lab.http.LabHandler;
import dev.shedmaster.lab.http.LabRequest;
import dev.shedmaster.lab.robot.access.BlockedAnswer;
import dev.shedmaster.lab.robot.access.Logins;
import dev.shedmaster.lab.robot.access.RequestBuckets;
import dev.shedmaster.lab.robot.call.CallLog;
import dev.shedmaster.lab.robot.call.RequestLimit;
import dev.shedmaster.lab.robot.call.RobotCall;
import dev.shedmaster.lab.robot.call.Route;
import dev.shedmaster.lab.robot.estate.Account;
import dev.shedmaster.lab.robot.estate.DedicatedServer;
import dev.shedmaster.lab.robot.fault.FaultKind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where every request comes in: login, limits, the faults of the line, and then Robot itself. */
public final class RobotFrontDoor implements LabHandler {
    private final Account account;
    private final Logins logins;
    private final BlockedAnswer blocked;
    private final RequestBuckets buckets;
    private final CallLog calls;
    private final RobotSite site;

    public RobotFrontDoor(
            Account account,
            Logins logins,
            BlockedAnswer blocked,
            RequestBuckets buckets,
            CallLog calls,
            Passwords passwords) {
        this.account = account;
        this.logins = logins;
        this.blocked = blocked;
        this.buckets = buckets;
        this.calls = calls;
        this.site = new RobotSite(account, passwords);
    }

    @Override
    public LabAnswer handle(LabRequest request) {
        LabAnswer answer = answer(request);
        int status = answer instanceof LabAnswer.Reply reply ? reply.status() : 0;
        calls.add(new CallLog.Entry(request.method(), request.path(), status));
        return answer;
    }

    private LabAnswer answer(LabRequest request) {
        try {
            return switch (logins.judge(request.caller(), request.header("Authorization"))) {
                case Logins.Accepted accepted -> routed(accepted.login(), request);
                case Logins.Refused _ -> refused();
                case Logins.Blocked _ ->
                    switch (blocked) {
                        case UNAUTHORIZED -> refused();
                        case FORBIDDEN_PAGE -> page(403, "Forbidden");
                    };
            };
        } catch (RobotRefusal refusal) {
            return refusal.answer();
        }
    }

    private static LabAnswer refused() {
        return RobotRefusal.unauthorized().answer().with("WWW-Authenticate", "Basic realm=\"Robot\"");
    }

    static LabAnswer page(int status, String text) {
        return LabAnswer.text(
                status,
                "text/html",
                "<html><head><title>" + text + "</title></head><body><h1>" + text + "</h1></body></html>");
    }

    private LabAnswer routed(String login, LabRequest request) {
        Route route = RobotCall.find(request.method(), request.path())
                .orElseThrow(() -> RobotRefusal.notFound("not found, or nothing that the lab's Robot does"));
        Line line = new Line(account, route.call(), concerned(route));
        Optional<RequestLimit> over = buckets.count(login, route.call());
        if (over.isPresent()) {
            throw line.rateLimited(over.get());
        }
        return line.broken().orElseGet(() -> {
            LabAnswer answer = answered(new RobotRequest(route, Form.of(request), request));
            return line.strikes(FaultKind.LOST_RESPONSE) ? new LabAnswer.Reset() : answer;
        });
    }

    /** A response may get lost that is a refusal, too. */
    private LabAnswer answered(RobotRequest request) {
        try {
            return site.answer(request);
        } catch (RobotRefusal refusal) {
            return refusal.answer();
        }
    }

    private @Nullable Integer concerned(Route route) {
        if (!route.call().isOfServer()) {
            return null;
        }
        return account.locked(
                () -> account.named(route.target()).map(DedicatedServer::number).orElse(null));
    }
}
