package dev.shedmaster.kube.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.BareMetalHost;
import dev.shedmaster.api.v1alpha1.BareMetalHostStatus;
import dev.shedmaster.api.v1alpha1.Condition;
import dev.shedmaster.api.v1alpha1.HostPhase;
import dev.shedmaster.core.slot.Amount;
import dev.shedmaster.kube.host.HostAdvance.Advanced;
import dev.shedmaster.kube.status.Told;
import dev.shedmaster.port.Installation.Raw;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a host's life is carried out: in which order it is written down, what is asked, and what a crash leaves. */
class HostAdvanceTest extends OneHost {
    @Test
    void howItStandsWithImagesIsToldAndNotWrittenTwice() {
        until(HostPhase.READY);
        assertThat(status().conditions()).extracting(Condition::type).doesNotContain(Condition.IMAGES_READY);
        stock = new StockNews(StockNews.Stand.FETCHING, "it fetches the image worker 1 of pool ci/arm");
        look();
        assertThat(Told.of(status().conditions(), Condition.IMAGES_READY)).startsWith("FALSE Fetching: it fetches");
        stock = new StockNews(StockNews.Stand.FETCHED, "it has the images that pools want there");
        look();
        assertThat(Told.of(status().conditions(), Condition.IMAGES_READY)).startsWith("TRUE Fetched");
        int before = writes.size();
        look();
        assertThat(writes).hasSize(before);
    }

    @Test
    void thatAWorkerIsGoneIsShownAlthoughNobodyTellsOfIt() {
        until(HostPhase.READY);
        tenants.add(new HostTenant(new Amount(2, 4096, 1), 1, true));
        Advanced advanced = look();
        assertThat(status().room()).isNotNull();
        assertThat(status().room().workers()).isEqualTo(1);
        assertThat(advanced.lookAgainIn()).isNotNull().isLessThanOrEqualTo(Duration.ofSeconds(30));

        tenants.clear();
        now = now.plus(advanced.lookAgainIn());
        look();
        assertThat(status().room().workers()).isZero();
    }

    @Test
    void aBlankServerIsInstalledAndServes() {
        until(HostPhase.READY);
        assertThat(server.count("reset ")).isEqualTo(1);
        assertThat(server.count("install ")).isEqualTo(1);
        assertThat(server.name).isEqualTo("here ci/h");
        assertThat(server.calls).contains("probe jenkins:443");
        assertThat(Told.of(status().conditions(), Condition.READY)).startsWith("TRUE Serves");
        assertThat(Told.of(status().conditions(), Condition.PROVISIONED)).startsWith("TRUE Installed");
        assertThat(Told.of(status().conditions(), Condition.KVM_USABLE)).startsWith("TRUE Works");
        assertThat(status().address()).isEqualTo("192.0.2.7");
        assertThat(status().inspection()).isNotNull();
        assertThat(board.find("ci/h")).hasValueSatisfying(card -> {
            assertThat(card.driver()).isNotNull();
            assertThat(card.bootId()).isEqualTo("boot-2");
            assertThat(card.losesAll()).isFalse();
        });
    }

    @Test
    void fewWritesAreMadeUntilItServesAndNoneAtRest() {
        server.writeTakes = 5;
        until(HostPhase.READY);
        assertThat(writes).hasSizeLessThanOrEqualTo(12);
        writes.clear();
        for (int look = 0; look < 10; look++) {
            look();
            now = now.plusSeconds(60);
        }
        assertThat(writes).isEmpty();
    }

    /** Robot counts these questions, and looks at a boot are many. */
    @Test
    void theLandlordIsAskedHowItCanBeResetBeforeARebootAlone() {
        server.writeTakes = 5;
        until(HostPhase.READY);
        assertThat(server.count("resetOptions")).isEqualTo(2);
    }

    @Test
    void aResetIsWrittenDownBeforeItIsAskedFor() {
        server.onCall = call -> {
            if (call.startsWith("reset ")) {
                assertThat(status().record().reboot()).isNotNull();
            }
        };
        until(HostPhase.READY);
        assertThat(server.count("reset ")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void killedRightAfterAnyOfItsWritesTheOperatorGoesOn(int fatal) {
        killedWhen = () -> writes.size() == fatal;
        untilReadyInTheEnd();
        assertThat(server.count("reset "))
                .as("one into the rescue system; one out of it, if asking its shell was written down and not done")
                .isBetween(1L, 2L);
        assertThat(server.count("install ")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rename",
                "ensureKey",
                "armRescue",
                "reset ",
                "inspect",
                "install ",
                "hostKeys",
                "reboot ",
                "program",
                "probe"
            })
    void killedRightAfterAnyOfItsDeedsTheOperatorGoesOn(String fatal) {
        server.onCall = call -> {
            if (call.startsWith(fatal)) {
                server.onCall = later -> {};
                throw new Killed();
            }
        };
        untilReadyInTheEnd();
        assertThat(server.count("reset ")).isEqualTo(1);
        assertThat(server.name).isEqualTo("here ci/h");
    }

    @Test
    void theAnswerToAResetMayBeLost() {
        server.afterReset = new PortError.Transient("no answer");
        until(HostPhase.READY);
        assertThat(server.count("reset ")).isEqualTo(1);
    }

    @Test
    void aServerThatIsAnothersIsLeftAlone() {
        server.name = "elsewhere ci/other";
        until(HostPhase.QUARANTINED);
        assertThat(Told.of(status().conditions(), Condition.READY))
                .startsWith("FALSE ForeignOwner")
                .contains("elsewhere ci/other");
        assertThat(server.count("reset ") + server.count("rename") + server.count("armRescue"))
                .isZero();
    }

    @Test
    void aNameThatAPersonGaveClaimsNothing() {
        server.name = "arm box of the kernel team";
        until(HostPhase.READY);
        assertThat(server.name).isEqualTo("here ci/h");
    }

    @Test
    void aServerIsTakenOverFromTheOwnerThatIsNamed() {
        server.name = "elsewhere ci/other";
        server.markOnDisk = "elsewhere ci/other";
        until(HostPhase.QUARANTINED);
        host.getMetadata()
                .setAnnotations(Map.of(
                        HostWishes.TAKE_OVER, "elsewhere ci/other",
                        HostWishes.RELEASE, "1"));
        now = now.plusSeconds(60);
        until(HostPhase.READY);
        assertThat(server.name).isEqualTo("here ci/h");
    }

    @Test
    void aQuarantineIsLeftAtEachNewWordOfAPerson() {
        image = Outcome.failed(new PortError.Invalid("spec.image.version", "spec.image.version is in no index"));
        until(HostPhase.QUARANTINED);
        assertThat(Told.of(status().conditions(), Condition.HEALTHY))
                .startsWith("FALSE ImageUnusable")
                .contains("spec.image.version");
        now = now.plusSeconds(60);
        look();
        assertThat(phase()).isEqualTo(HostPhase.QUARANTINED);
        image = Outcome.done(new Raw("https://images.example.org/1.raw", SampleHosts.SHA256));
        host.getMetadata().setAnnotations(Map.of(HostWishes.RELEASE, "mended"));
        until(HostPhase.READY);
    }

    @Test
    void aProbeThatFailsServesNothingAndSaysWhy() {
        server.hasKvm = false;
        until(HostPhase.UNFIT);
        assertThat(status().message()).contains("there is no /dev/kvm");
        assertThat(Told.of(status().conditions(), Condition.KVM_USABLE)).startsWith("FALSE Broken");
        server.hasKvm = true;
        until(HostPhase.READY);
    }

    @Test
    void aStrangerIsToldNothing() {
        until(HostPhase.READY);
        server.isReplaced();
        link.close();
        until(HostPhase.QUARANTINED);
        assertThat(Told.of(status().conditions(), Condition.HEALTHY)).startsWith("FALSE HostKeyChanged");
        assertThat(server.count("reset ")).isEqualTo(1);
    }

    @Test
    void anotherImageIsInstalledOnceNobodyIsLeft() {
        until(HostPhase.READY);
        tenants.add(new HostTenant(new Amount(2, 4096, 1), 1, true));
        isToHaveAnotherImage();
        until(HostPhase.DRAINING);
        assertThat(status().message()).contains("one job");
        assertThat(status().room()).isNotNull().satisfies(room -> {
            assertThat(room.cpus()).isEqualTo("2/7");
            assertThat(room.memory()).isEqualTo("4Gi/29Gi");
            assertThat(room.kvm()).isEqualTo("1");
        });
        assertThat(look().lookAgainIn())
                .as("nobody tells a host that its last worker is gone")
                .isLessThanOrEqualTo(Duration.ofSeconds(5));
        long installed = server.count("install ");
        for (int look = 0; look < 5; look++) {
            look();
            now = now.plusSeconds(20);
        }
        assertThat(server.count("install ")).isEqualTo(installed);
        tenants.clear();
        until(HostPhase.READY);
        assertThat(server.count("install ")).isEqualTo(installed + 1);
    }

    @Test
    void aHostThatWaitsForItsTurnSaysForWhatAndLooksAgain() {
        until(HostPhase.READY);
        BareMetalHost other = SampleHosts.rented("other");
        other.setStatus(host.getStatus());
        BareMetalHostStatus before = status();
        other.setStatus(new BareMetalHostStatus(
                before.observedGeneration(),
                HostPhase.UNREACHABLE,
                before.since(),
                null,
                null,
                null,
                null,
                null,
                List.of(),
                before.record(),
                List.of()));
        hosts.put(other);
        isToHaveAnotherImage();
        assertThat(look().lookAgainIn()).isLessThanOrEqualTo(Duration.ofSeconds(10));
        assertThat(phase()).isEqualTo(HostPhase.READY);
        assertThat(Told.of(status().conditions(), Condition.PROVISIONED))
                .startsWith("FALSE Outdated")
                .endsWith("it waits until ci/other is ready");
        hosts.remove(other);
        until(HostPhase.PROVISIONING);
    }

    @Test
    void whatIsDeletedIsWipedAndLetGo() {
        until(HostPhase.READY);
        isDeleted();
        now = now.plusSeconds(1);
        until(HostPhase.GONE);
        assertThat(server.count("wipe")).isEqualTo(1);
        assertThat(server.name).isEqualTo("server-321");
        assertThat(server.calls).contains("removeKey");
        assertThat(board.hosts()).isEmpty();
    }

    @Test
    void aServerOfOthersIsTriedAndServesWithoutALandlord() {
        host = SampleHosts.ofOthers("h");
        server.isReplaced();
        until(HostPhase.QUARANTINED);
        assertThat(Told.of(status().conditions(), Condition.HEALTHY)).startsWith("FALSE HostKeyChanged");
        assertThat(server.calls).doesNotContain("program");

        changes(SampleHosts.ofOthers("h", ServerOnATable.key("system", 1)));
        now = now.plusSeconds(1);
        until(HostPhase.READY);
        assertThat(Told.of(status().conditions(), Condition.PROVISIONED)).startsWith("TRUE ByOthers");
        assertThat(server.calls).doesNotContain("server", "rename here ci/h", "armRescue");
    }

    @Test
    void aLandlordThatIsSilentIsWaitedForAndNamed() {
        server.landlordFails = new PortError.Transient("Robot does not answer");
        for (int look = 0; look < 60; look++) {
            look();
            now = now.plusSeconds(20);
        }
        assertThat(phase()).isEqualTo(HostPhase.PROVISIONING);
        assertThat(meters.get("shedmaster.host.overdue")
                        .tag("state", "CheckServer")
                        .counter()
                        .count())
                .isEqualTo(1);
        server.landlordFails = null;
        until(HostPhase.READY);
    }
}
