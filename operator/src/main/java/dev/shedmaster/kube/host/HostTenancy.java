package dev.shedmaster.kube.host;

import dev.shedmaster.core.host.HostSight.Occupancy;
import java.util.List;

/** Which workers hosts have. */
public interface HostTenancy {

    /** The workers of a host, whatever their stage, until they are gone. */
    List<HostTenant> of(String host);

    /** The same, as far as the host's own life goes. */
    default Occupancy occupancy(String host) {
        List<HostTenant> tenants = of(host);
        return new Occupancy(
                tenants.size(),
                tenants.stream().mapToInt(HostTenant::jobs).sum(),
                tenants.stream().anyMatch(HostTenant::isHeard));
    }
}
