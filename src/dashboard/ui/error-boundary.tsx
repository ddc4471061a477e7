import { Component, type ComponentChildren } from 'preact';
import { messageOf } from '../api/request-error.js';

/** Shows a message in place of a page that failed, so that the others still work. */
export class ErrorBoundary extends Component<{ children: ComponentChildren }, { error: unknown }> {
  override state = { error: null };

  static override getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render(): ComponentChildren {
    const { error } = this.state;
    return error === null ? (
      this.props.children
    ) : (
      <p class="wrong" role="alert">
        {messageOf(error)}
      </p>
    );
  }
}
