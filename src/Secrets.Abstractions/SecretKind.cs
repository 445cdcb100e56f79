namespace Secrets;

/// <summary>What a <see cref="SecretValue"/> is. The first eight are TOML's value types (TOML 1.1, "Key/Value Pair").</summary>
public enum SecretKind
{
    /// <summary>Text. What environment variables and most stores hold.</summary>
    String = 0,

    /// <summary>A 64-bit signed integer; its text is decimal.</summary>
    Integer,

    /// <summary>A 64-bit IEEE 754 number; its text is the shortest that reads back as the same number, or <c>inf</c>, <c>-inf</c>, <c>nan</c>.</summary>
    Float,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>A date and time with an offset from UTC, as RFC 3339 writes it.</summary>
    OffsetDateTime,

    /// <summary>A date and time without an offset.</summary>
    LocalDateTime,

    /// <summary>A date alone.</summary>
    LocalDate,

    /// <summary>A time of day alone.</summary>
    LocalTime,

    /// <summary>Binary content, which has no text.</summary>
    Bytes,

    /// <summary>A list of values; one leaf as far as precedence is concerned.</summary>
    Array,

    /// <summary>Keys with values of their own.</summary>
    Section,

    /// <summary>A secret that exists and could not be read; revealing it throws the failure's code.</summary>
    Unreadable,
}
