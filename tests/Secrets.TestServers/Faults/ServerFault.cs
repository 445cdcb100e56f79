using Secrets.TestServers.Hosting;

namespace Secrets.TestServers.Faults;

/// <summary>A fault that the next calls meet: so many of them, of those that a filter chooses.</summary>
public sealed class ServerFault(FaultKind kind, int times = int.MaxValue, Func<ServerCall, bool>? when = null)
{
    private int _left = times;

    public FaultKind Kind { get; } = kind;

    /// <summary>Reads <c>throttle:2</c>, a kind in kebab-case and how often.</summary>
    public static ServerFault? Parse(string text)
    {
        string[] parts = text.Split(':');
        int times = int.MaxValue;
        bool isRead = Enum.TryParse(parts[0].Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out FaultKind kind)
            && Enum.IsDefined(kind)
            && (parts.Length == 1 || (parts.Length == 2 && int.TryParse(parts[1], System.Globalization.CultureInfo.InvariantCulture, out times) && times > 0));
        return isRead ? new ServerFault(kind, times) : null;
    }

    /// <summary>Gives a kind's word on the command line.</summary>
    public static string NameOf(FaultKind kind) =>
        string.Concat(kind.ToString().Select((c, i) => char.IsUpper(c) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(c) : c.ToString()));

    /// <summary>Gets a value indicating whether it has met as many calls as it was to meet.</summary>
    public bool IsOver => Volatile.Read(ref _left) <= 0;

    internal bool Meets(ServerCall call) => (when is null || when(call)) && Interlocked.Decrement(ref _left) >= 0;
}
