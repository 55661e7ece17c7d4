import { Component, type ReactNode } from 'react';
import { PageError } from './page-error';

type Given = Readonly<{ children: ReactNode }>;

/** Keeps the frame usable when the code of a page fails. */
export class ErrorBoundary extends Component<Given, Readonly<{ hasFailed: boolean }>> {
  override state = { hasFailed: false };

  static getDerivedStateFromError = () => ({ hasFailed: true });

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children;
    return <PageError onRetry={() => this.setState({ hasFailed: false })} />;
  }
}
