namespace Secrets.Merging;

/// <summary>Whether a program has read a leaf; one for each path of a store, whatever the snapshot.</summary>
internal sealed class ReadMark
{
    public bool WasRead { get; private set; }

    public void OnRead()
    {
        // Looked at first: a value that is read often must not have its cache line written to by every reader.
        if (!WasRead)
        {
            WasRead = true;
        }
    }
}
