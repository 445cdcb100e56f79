using System.Collections.ObjectModel;

namespace Secrets.Redaction;

/// <summary>A list whose text is made for people, such as a table with a row for each item.</summary>
internal sealed class PrintedList<T>(T[] items, Func<IReadOnlyList<T>, string> print) : ReadOnlyCollection<T>(items)
{
    public override string ToString() => print(this);
}
