import { Link, Outlet } from '@tanstack/react-router';

/** The navigation, and the page that is open. */
export const Frame = () => (
  <>
    <nav aria-label="Pages">
      <Link to="/" className="nav">
        Overview
      </Link>
    </nav>
    <main>
      <Outlet />
    </main>
  </>
);
