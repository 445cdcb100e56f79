namespace Secrets.Merging;

/// <summary>Whether a program has read a leaf; one for each path of a store, whatever the snapshot.</summary>
internal sealed class ReadMark
{
    public bool WasRead { get; private set; }

    public void OnRead()
    {
        // Read before written: otherwise every reader of a hot value would write to the same cache line.
        if (!WasRead)
        {
            WasRead = true;
        }
    }
}
