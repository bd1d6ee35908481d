package dev.shedmaster.lab.azure.call;

/** Every call that the stand-in answers, with the limits that count it (docs/sources.md). */
public enum AzureCall {
    PUT_VM(FrontDoorBucket.WRITE, ProviderBucket.PUT_VM),
    PATCH_VM(FrontDoorBucket.WRITE, ProviderBucket.UPDATE_VM),
    GET_VM(FrontDoorBucket.READ, ProviderBucket.LOW_COST_GET),
    GET_INSTANCE_VIEW(FrontDoorBucket.READ, ProviderBucket.LOW_COST_GET),
    DELETE_VM(FrontDoorBucket.DELETE, ProviderBucket.DELETE_VM),
    START_VM(FrontDoorBucket.WRITE, ProviderBucket.UPDATE_VM),
    POWER_OFF_VM(FrontDoorBucket.WRITE, ProviderBucket.UPDATE_VM),
    RESTART_VM(FrontDoorBucket.WRITE, ProviderBucket.UPDATE_VM),
    DEALLOCATE_VM(FrontDoorBucket.WRITE, ProviderBucket.DELETE_VM),
    SIMULATE_EVICTION(FrontDoorBucket.WRITE, ProviderBucket.DELETE_VM),
    BOOT_DIAGNOSTICS(FrontDoorBucket.WRITE, ProviderBucket.LOW_COST_GET),
    LIST_VMS(FrontDoorBucket.READ, ProviderBucket.HIGH_COST_GET),
    LIST_ALL_VMS(FrontDoorBucket.READ, ProviderBucket.HIGH_COST_GET),
    LIST_VMS_BY_LOCATION(FrontDoorBucket.READ, ProviderBucket.HIGH_COST_GET),
    GET_OPERATION(FrontDoorBucket.READ, ProviderBucket.GET_OPERATION),
    GET_USAGES(FrontDoorBucket.READ, ProviderBucket.UNCOUNTED),
    GET_SKUS(FrontDoorBucket.READ, ProviderBucket.UNCOUNTED),
    LIST_DISKS(FrontDoorBucket.READ, ProviderBucket.UNCOUNTED),
    GET_DISK(FrontDoorBucket.READ, ProviderBucket.UNCOUNTED),
    DELETE_DISK(FrontDoorBucket.DELETE, ProviderBucket.UNCOUNTED),
    LIST_NICS(FrontDoorBucket.READ, ProviderBucket.NETWORK_READ),
    GET_NIC(FrontDoorBucket.READ, ProviderBucket.NETWORK_READ),
    PUT_NIC(FrontDoorBucket.WRITE, ProviderBucket.NETWORK_WRITE),
    DELETE_NIC(FrontDoorBucket.DELETE, ProviderBucket.NETWORK_WRITE),
    LIST_PUBLIC_IPS(FrontDoorBucket.READ, ProviderBucket.NETWORK_READ),
    GET_PUBLIC_IP(FrontDoorBucket.READ, ProviderBucket.NETWORK_READ),
    DELETE_PUBLIC_IP(FrontDoorBucket.DELETE, ProviderBucket.NETWORK_WRITE),
    GET_SUBNET(FrontDoorBucket.READ, ProviderBucket.NETWORK_READ),
    GET_RESOURCE_GROUP(FrontDoorBucket.READ, ProviderBucket.UNCOUNTED),
    AUTHORITY_TOKEN(FrontDoorBucket.OUTSIDE, ProviderBucket.UNCOUNTED),
    METADATA_TOKEN(FrontDoorBucket.OUTSIDE, ProviderBucket.UNCOUNTED);

    /** Which of Resource Manager's own buckets a call draws from. */
    public enum FrontDoorBucket {
        READ("reads"),
        WRITE("writes"),
        DELETE("deletes"),
        /** Not a call to Resource Manager. */
        OUTSIDE("");

        private final String headerWord;

        FrontDoorBucket(String headerWord) {
            this.headerWord = headerWord;
        }

        /** The word in {@code x-ms-ratelimit-remaining-subscription-…}. */
        public String headerWord() {
            return headerWord;
        }
    }

    /** Which bucket of a resource provider a call draws from. */
    public enum ProviderBucket {
        PUT_VM("PutVM"),
        UPDATE_VM("UpdateVM"),
        DELETE_VM("DeleteVM"),
        LOW_COST_GET("LowCostGet"),
        HIGH_COST_GET("HighCostGet"),
        GET_OPERATION("GetOperation"),
        NETWORK_READ("NetworkRead"),
        NETWORK_WRITE("NetworkWrite"),
        /** No published limit. */
        UNCOUNTED("");

        private final String wireName;

        ProviderBucket(String wireName) {
            this.wireName = wireName;
        }

        /** The name in {@code x-ms-ratelimit-remaining-resource} and in the details of a 429. */
        public String wireName() {
            return wireName;
        }

        public boolean isCompute() {
            return this != NETWORK_READ && this != NETWORK_WRITE && this != UNCOUNTED;
        }
    }

    private final FrontDoorBucket frontDoor;
    private final ProviderBucket provider;

    AzureCall(FrontDoorBucket frontDoor, ProviderBucket provider) {
        this.frontDoor = frontDoor;
        this.provider = provider;
    }

    public FrontDoorBucket frontDoor() {
        return frontDoor;
    }

    public ProviderBucket provider() {
        return provider;
    }
}
