using Secrets.Binding;
using Secrets.Conversion;

namespace Secrets.Tests.Conversion;

public sealed class TrimmingTests
{
    [Fact]
    public void A_program_that_is_not_trimmed_shows_no_signs_of_it()
    {
        Assert.False(Trimming.HasNoAnnotations);
        Assert.False(Trimming.IsLikely);
    }

    [Fact]
    public void What_is_gone_without_a_trace_is_said_to_have_been_removed_perhaps() =>
        Assert.All(
            [typeof(NoConstructor), typeof(NoMember)],
            type => Assert.Contains(Trimming.Hint, Assert.Throws<SecretsSourceException>(() => TypeShape.Of(type)).Message, StringComparison.Ordinal));

    public sealed class NoConstructor
    {
        private NoConstructor()
        {
        }

        public static NoConstructor One { get; } = new();
    }

    public sealed class NoMember;
}
