using Secrets.Redaction;

namespace Secrets.Tests.Redaction;

public class PlaceListTests
{
    [Theory]
    [InlineData(0, "", "")]
    [InlineData(1, "1", "1")]
    [InlineData(3, "1; 2; 3", "1, 2 and 3")]
    [InlineData(10, "1; 2; 3; 4; 5; 6; 7; 8; 9; 10", "1, 2, 3, 4, 5, 6, 7, 8, 9 and 10")]
    [InlineData(11, "1; 2; 3; 4; 5; 6; 7; 8; 9; 10; and 1 more", "1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 1 more")]
    [InlineData(3_010, "1; 2; 3; 4; 5; 6; 7; 8; 9; 10; and 3,000 more", "1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 3,000 more")]
    public void Ten_places_are_named_and_the_rest_is_counted(int count, string places, string names)
    {
        string[] all = [.. Enumerable.Range(1, count).Select(i => $"{i}")];

        Assert.Equal(places, PlaceList.Of(all, "; "));
        Assert.Equal(names, PlaceList.Of(all, ", ", last: " and "));
    }
}
