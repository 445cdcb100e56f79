using System.Diagnostics.Metrics;
using Secrets.Telemetry;

namespace Secrets.Tests.Telemetry;

public class ListenersTests
{
    [Fact]
    public void A_process_that_has_a_listener_is_heard()
    {
        using var listener = new MeterListener();

        Assert.True(Listeners.MayExist);
        Assert.True(ChainTelemetry.OfProcess.IsHeard);
        Assert.False(ChainTelemetry.None.IsHeard);
    }
}
