package dev.shedmaster.lab.azure.arm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.shedmaster.lab.azure.call.AzureCall;
import dev.shedmaster.lab.azure.call.CallFacts;
import dev.shedmaster.lab.azure.estate.Estate;
import dev.shedmaster.lab.azure.fault.ArmError;
import dev.shedmaster.lab.azure.fault.ArmRefusal;
import dev.shedmaster.lab.azure.fault.LineFaults;
import dev.shedmaster.lab.azure.identity.Account;
import dev.shedmaster.lab.azure.identity.TokenIssuer;
import dev.shedmaster.lab.azure.throttle.Throttles;
import dev.shedmaster.lab.http.LabAnswer;
import dev.shedmaster.lab.http.LabAnswer.Reply;
import dev.shedmaster.lab.http.LabHandler;
import dev.shedmaster.lab.http.LabRequest;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Resource Manager's front door: who asks, for what, how often, and what goes wrong on the way; then on to the provider. */
public final class ArmFrontDoor implements LabHandler {
    private static final Pattern API_VERSION = Pattern.compile("20[12]\\d-\\d\\d-\\d\\d(-preview)?");

    private final Account account;
    private final Map<String, String> groups;
    private final TokenIssuer tokens;
    private final Throttles throttles;
    private final Estate estate;
    private final LineFaults line;
    private final ArmMishaps mishaps;
    private final ArmProviders providers;
    private final CallLog log;

    /** @param groups the resource groups that exist: location by name in lower case */
    public ArmFrontDoor(
            Account account,
            Map<String, String> groups,
            TokenIssuer tokens,
            Throttles throttles,
            Estate estate,
            LineFaults line,
            ArmMishaps mishaps,
            ArmProviders providers,
            CallLog log) {
        this.account = account;
        this.groups = Map.copyOf(groups);
        this.tokens = tokens;
        this.throttles = throttles;
        this.estate = estate;
        this.line = line;
        this.mishaps = mishaps;
        this.providers = providers;
        this.log = log;
    }

    @Override
    public LabAnswer handle(LabRequest request) {
        Instant realNow = Instant.now();
        LabAnswer answer;
        ArmRoute route = ArmRoute.of(request.method(), request.path()).orElse(null);
        if (route == null) {
            answer = ArmAnswers.error(unknownRoute(request));
        } else {
            JsonNode json = json(request);
            ArmCall call = new ArmCall(request, route, facts(route, json), json, realNow);
            answer = answer(call);
            log.add(call, answer);
        }
        return answer instanceof Reply reply ? signed(reply, request) : answer;
    }

    private LabAnswer answer(ArmCall call) {
        LabAnswer broken = line.strike(call.facts()).orElse(null);
        if (broken != null) {
            return broken;
        }
        LabAnswer answer;
        try {
            admit(call);
            Throttles.Remaining remaining = count(call);
            mishaps.refuse(call.facts());
            answer = withRemaining(providers.answer(call), remaining);
        } catch (ArmRefusal refusal) {
            answer = refused(refusal.error());
        }
        return mishaps.losesAnswer(call.facts()) ? new LabAnswer.Reset() : answer;
    }

    private static @Nullable JsonNode json(LabRequest request) {
        if (request.body().isEmpty()) {
            return null;
        }
        try {
            return LabAnswer.JSON.readTree(request.body());
        } catch (JsonProcessingException broken) {
            return null;
        }
    }

    /** What a fault can be aimed at: the body's machine while it is created, afterwards the machine itself. */
    private CallFacts facts(ArmRoute route, @Nullable JsonNode json) {
        if (route.call() == AzureCall.PUT_VM && json != null) {
            String priority = json.at("/properties/priority").asText("Regular");
            String location = json.path("location").asText("");
            return new CallFacts(
                    route.call(),
                    location.isEmpty() ? null : ArmRoute.location(location),
                    route.name(),
                    json.at("/properties/hardwareProfile/vmSize").asText(null),
                    json.path("zones").path(0).asText(null),
                    priority.equalsIgnoreCase("Regular") ? CallFacts.Priority.REGULAR : CallFacts.Priority.SPOT);
        }
        if (route.concernsOneMachine()) {
            return estate.locked(() -> estate.machine(route.key())
                    .map(machine -> machine.plan().facts(route.call()))
                    .orElseGet(() -> CallFacts.of(route.call(), route.name())));
        }
        if (route.call() == AzureCall.GET_OPERATION) {
            return estate.locked(() -> estate.operations()
                    .find(route.name())
                    .flatMap(operation -> estate.machine(operation.subject()))
                    .map(machine -> machine.plan().facts(route.call()))
                    .orElseGet(() -> CallFacts.of(route.call())));
        }
        return route.name().isEmpty() ? CallFacts.of(route.call()) : CallFacts.of(route.call(), route.name());
    }

    private void admit(ArmCall call) {
        String authorization = call.request().header("Authorization").orElse(null);
        ArmError refused = tokens.refusal(authorization);
        if (refused != null) {
            throw refused.refusal();
        }
        ArmRoute route = call.route();
        if (!route.subscription().equalsIgnoreCase(account.subscriptionId())) {
            throw ArmError.of(
                            404,
                            "SubscriptionNotFound",
                            "The subscription '" + route.subscription() + "' could not be found.")
                    .refusal();
        }
        String version = call.apiVersion();
        if (version.isEmpty()) {
            throw ArmError.of(
                            400,
                            "MissingApiVersionParameter",
                            "The api-version query parameter (?api-version=) is required for all requests.")
                    .refusal();
        }
        if (!API_VERSION.matcher(version).matches()) {
            throw ArmError.of(400, "InvalidApiVersionParameter", "The api-version '" + version + "' is invalid.")
                    .refusal();
        }
        String group = route.resourceGroup();
        if (group != null && !groups.containsKey(group.toLowerCase(Locale.ROOT))) {
            throw ArmError.of(404, "ResourceGroupNotFound", "Resource group '" + group + "' could not be found.")
                    .refusal();
        }
    }

    private Throttles.Remaining count(ArmCall call) {
        ArmRoute route = call.route();
        String principal =
                tokens.principal(call.request().header("Authorization").orElse(null));
        String location = call.facts().location() == null ? "" : call.facts().location();
        String resource =
                route.name().isEmpty() ? null : route.subscription() + "/" + route.resourceGroup() + "/" + route.name();
        return throttles.count(
                route.call(),
                route.subscription() + "/" + principal,
                route.subscription() + "/" + location,
                resource == null ? null : resource.toLowerCase(Locale.ROOT));
    }

    private static LabAnswer withRemaining(LabAnswer answer, Throttles.Remaining remaining) {
        if (!(answer instanceof Reply reply)) {
            return answer;
        }
        Reply counted = reply;
        Long left = remaining.inFrontDoor();
        if (left != null) {
            String word = remaining.frontDoor().headerWord();
            counted = counted.with("x-ms-ratelimit-remaining-subscription-" + word, Long.toString(left))
                    .with("x-ms-ratelimit-remaining-subscription-global-" + word, Long.toString(left * 15));
        }
        for (String bucket : remaining.inProvider()) {
            counted = counted.with("x-ms-ratelimit-remaining-resource", bucket);
        }
        return remaining.inProvider().isEmpty() ? counted : counted.with("x-ms-request-charge", "1");
    }

    private LabAnswer refused(ArmError error) {
        Reply reply = ArmAnswers.error(error);
        return error.status() == 401
                ? reply.with(
                        "WWW-Authenticate",
                        "Bearer authorization_uri=\"https://login.windows.net/" + account.tenantId()
                                + "\", error=\"invalid_token\", error_description=\"" + error.message() + "\"")
                : reply;
    }

    private static ArmError unknownRoute(LabRequest request) {
        return ArmError.of(
                404,
                "InvalidResourceType",
                "The lab's Azure has nothing at " + request.method() + " " + request.path() + ".");
    }

    private static LabAnswer signed(Reply reply, LabRequest request) {
        String id = UUID.randomUUID().toString();
        Reply signed = reply.with("x-ms-request-id", id)
                .with(
                        "x-ms-correlation-request-id",
                        request.header("x-ms-correlation-request-id").orElse(id))
                .with("Cache-Control", "no-cache")
                .with("Pragma", "no-cache");
        return request.header("x-ms-client-request-id")
                .<LabAnswer>map(client -> signed.with("x-ms-client-request-id", client))
                .orElse(signed);
    }
}
