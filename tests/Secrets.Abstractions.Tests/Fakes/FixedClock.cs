namespace Secrets.Tests.Fakes;

/// <summary>A clock that stands still at a time of few digits.</summary>
internal sealed class FixedClock : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch;
}
