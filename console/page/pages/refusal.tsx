/** Shown for an address that was used before, or has expired. */
export const Refusal = () => (
  <section className="card">
    <div className="body">
      <h1>This address can no longer be used</h1>
      <p className="sub">
        An address of the console works once, for 10 minutes. Run <code className="mono">leadline console</code> again
        and open the address that it prints.
      </p>
    </div>
  </section>
);
