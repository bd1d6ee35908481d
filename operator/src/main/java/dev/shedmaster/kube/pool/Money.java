package dev.shedmaster.kube.pool;

/** An amount as users write it: {@code 20 EUR}. */
public record Money(double amount, String currency) {

    public static Money parse(String text) {
        int blank = text.indexOf(' ');
        return new Money(Double.parseDouble(text.substring(0, blank)), text.substring(blank + 1));
    }
}
