using Autopilot.Core;

namespace Autopilot.Engine.Governor;

/// <summary>Books in the ledger what is over. When everything has stopped, stopping comes first: what cannot be booked then is left to the next process, which settles the reservations of the dead.</summary>
/// <param name="show">Told what could not be booked; null for nobody.</param>
internal sealed class LastBooking(StopSource stop, Action<string>? show)
{
    /// <returns>What the book says; the default when it is left to the next.</returns>
    /// <exception cref="UserErrorException">It cannot be booked, and nothing has stopped.</exception>
    public async Task<T?> Do<T>(Func<Task<T>> book)
    {
        try
        {
            return await book();
        }
        catch (UserErrorException error) when (stop.Cause is not null)
        {
            show?.Invoke($"not booked, which is left to the next Autopilot: {error.Message}");
            return default;
        }
    }

    /// <inheritdoc cref="Do{T}"/>
    public Task Do(Func<Task> book) => Do(async () =>
    {
        await book();
        return true;
    });
}
