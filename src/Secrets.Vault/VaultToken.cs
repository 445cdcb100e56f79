using System.Diagnostics;

namespace Secrets.Vault;

/// <summary>A token and what is known of its life. It never changes: a renewal makes another.</summary>
[DebuggerDisplay("a token of {Login}")]
internal sealed class VaultToken
{
    // When a renewal is due, and what of it counts as due already: a refresh may come a tenth early.
    private const double Due = 2.0 / 3;
    private const double Early = 0.6;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public required string Text { get; init; }

    /// <summary>Gets what stays the same through renewals.</summary>
    public object Login { get; init; } = new();

    /// <summary>Gets a value indicating whether this program logged in for it, and may end it.</summary>
    public bool IsOwn { get; init; }

    public bool IsRenewable { get; init; }

    /// <summary>Gets how long it lives from <see cref="Since"/> on; <see langword="null"/> for ever, or nobody knows.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Gets how long it lived when it was new.</summary>
    public TimeSpan? Whole { get; init; }

    public DateTimeOffset Since { get; init; }

    /// <summary>Gets a value indicating whether the server said that it takes the token.</summary>
    public bool IsTaken { get; init; }

    /// <summary>Gets when the server last said that it is good; <see langword="null"/> where it never did.</summary>
    public DateTimeOffset? ProvenAt { get; init; }

    public bool IsOver(DateTimeOffset now) => now >= Since + Duration;

    public bool IsDue(DateTimeOffset now) => now >= Since + (Duration * Early);

    public TimeSpan? DueIn(DateTimeOffset now) => Since + (Duration * Due) - now;

    public TimeSpan? Left(DateTimeOffset now) => Since + Duration - now;

    public VaultToken Renewed(TimeSpan duration, bool isRenewable, DateTimeOffset now) => new()
    {
        Text = Text,
        Login = Login,
        IsOwn = IsOwn,
        IsRenewable = isRenewable,
        Duration = duration > TimeSpan.Zero ? duration : null,
        Whole = Whole,
        Since = now,
        IsTaken = true,
        ProvenAt = now,
    };

    public VaultToken Proven(DateTimeOffset now) => new()
    {
        Text = Text, Login = Login, IsOwn = IsOwn, IsRenewable = IsRenewable, Duration = Duration, Whole = Whole, Since = Since, IsTaken = IsTaken, ProvenAt = now,
    };

    /// <summary>Gives the token as one that lives on and is not renewed.</summary>
    public VaultToken WithoutRenewal() => new()
    {
        Text = Text, Login = Login, IsOwn = IsOwn, IsRenewable = false, Duration = Duration, Whole = Whole, Since = Since, IsTaken = IsTaken, ProvenAt = ProvenAt,
    };
}
