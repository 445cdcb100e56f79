using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Secrets.Vault;

/// <summary>A token and what is known of its life. It never changes: a renewal creates another.</summary>
[DebuggerDisplay("a token of {Login}")]
internal sealed class VaultToken
{
    // When a renewal is due, and how much earlier it may be made: a refresh may come a tenth early.
    private const double Due = 2.0 / 3;
    private const double Early = 0.6;

    // Near the end there is no time to wait for another try.
    private const double NearEnd = 5.0 / 6;

    public VaultToken()
    {
    }

    /// <summary>Copies a token, to be given other properties.</summary>
    [SetsRequiredMembers]
    public VaultToken(VaultToken other)
    {
        Text = other.Text;
        Login = other.Login;
        IsOwn = other.IsOwn;
        IsRenewable = other.IsRenewable;
        Life = other.Life;
        Whole = other.Whole;
        Uses = other.Uses;
        IsAccepted = other.IsAccepted;
        Trouble = other.Trouble;
    }

    /// <summary>Gets what is sent; <see langword="null"/> where somebody between adds a token.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public required string? Text { get; init; }

    /// <summary>Gets what stays the same through renewals.</summary>
    public object Login { get; init; } = new();

    /// <summary>Gets a value indicating whether this program logged in for it, and may end it.</summary>
    public bool IsOwn { get; init; }

    public bool IsRenewable { get; init; }

    /// <summary>Gets how long it lives; <see langword="null"/> for ever, or nobody knows.</summary>
    public Lifetime? Life { get; init; }

    /// <summary>Gets how long it lived when it was new.</summary>
    public TimeSpan? Whole { get; init; }

    /// <summary>Gets how many calls it is good for; 0 for any number.</summary>
    public int Uses { get; init; }

    /// <summary>Gets a value indicating whether the server accepted the token.</summary>
    public bool IsAccepted { get; init; }

    /// <summary>Gets why it could not be renewed or replaced when that was due; <see langword="null"/> where it was not tried or succeeded.</summary>
    public Exception? Trouble { get; init; }

    public bool IsOver => Life?.IsOverForCertain == true;

    public bool IsDue => Life?.IsPast(Early) == true;

    public bool IsNearEnd => Life?.IsPast(NearEnd) == true;

    /// <summary>Gets in how long a renewal is due; where one failed, half of the time that is left.</summary>
    public TimeSpan? DueIn => Life is null ? null : Trouble is null ? Life.Until(Due) : Life.Left / 2;
}
